CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(
  IN host VARCHAR(255), IN port INT, IN user TEXT, IN passwd TEXT, IN name TEXT, IN pos BIGINT UNSIGNED,
  IN enable_ssl_encryption TINYINT(1)${channelParameter})
${part:begin}
${part:no_managed_replica}
${part:not_running}
${part:${tls}}
${part:${newChannel}}
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('${change}',
    ' ${S}_HOST = ', QUOTE(TRIM(BOTH FROM host)),
    ', ${S}_PORT = ', port,
    ', ${S}_USER = ', QUOTE(TRIM(BOTH FROM user)),
    ', ${S}_PASSWORD = ', QUOTE(TRIM(BOTH FROM passwd)),
    ', ${S}_LOG_FILE = ', QUOTE(TRIM(BOTH FROM name)),
    ', ${S}_LOG_POS = ', pos,
    ', ${S}_SSL = ', enable_ssl_encryption,
    ', ${S}_AUTO_POSITION = 0 FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_host, master_port, master_user,
      master_log_file, master_log_pos, master_ssl, auto_position)
    VALUES (USER(), 'set master', VERSION(), TRIM(BOTH FROM host), port, TRIM(BOTH FROM user),
      TRIM(BOTH FROM name), pos, enable_ssl_encryption, 0);
  UPDATE mysql.rds_replication_status
    SET called_by_user = USER(), action = 'set master', mysql_version = VERSION(), master_host = TRIM(BOTH FROM host), master_port = port;
  COMMIT;
${part:end}
