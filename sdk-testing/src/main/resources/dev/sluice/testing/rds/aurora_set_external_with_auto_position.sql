CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(
  IN host VARCHAR(255), IN port INT, IN user TEXT, IN passwd TEXT, IN enable_ssl_encryption TINYINT(1))
${part:begin}
${part:no_managed_replica}
${part:not_running}
  SET @@sql_log_bin = OFF;
  -- The argument for encryption has no effect here.
  SET @cmd = CONCAT('${change}',
    ' ${S}_HOST = ', QUOTE(TRIM(BOTH FROM host)),
    ', ${S}_PORT = ', port,
    ', ${S}_USER = ', QUOTE(TRIM(BOTH FROM user)),
    ', ${S}_PASSWORD = ', QUOTE(TRIM(BOTH FROM passwd)),
    ', ${S}_AUTO_POSITION = 1 FOR CHANNEL ''''');
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_host, master_port, master_user, auto_position)
    VALUES (USER(), 'set master with AP', VERSION(), TRIM(BOTH FROM host), port, TRIM(BOTH FROM user), 1);
  UPDATE mysql.rds_replication_status
    SET called_by_user = USER(), action = 'set master', mysql_version = VERSION(), master_host = TRIM(BOTH FROM host), master_port = port;
  COMMIT;
${part:end}
