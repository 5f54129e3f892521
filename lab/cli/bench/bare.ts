// The least a program of the tour does: Node starts, loads node:net, and ends. What `bench states` compares with.
import 'node:net';
