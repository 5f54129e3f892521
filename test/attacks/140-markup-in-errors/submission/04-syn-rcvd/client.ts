throw new Error('</script><script>alert(1)</script><img src=x onerror=alert(1)> =HYPERLINK("http://1.1.1.1") \u001b[2J\u001b]0;x\u0007 \u202edrow ]]> \ud800 \0');
