enum Flag {
  Syn = 'S',
}
console.log(Flag.Syn);
