-- sa can be renamed; its SID can't.
SELECT SUSER_SNAME(0x01) AS sa_name;
