const net = require('net');
module.exports = net;
