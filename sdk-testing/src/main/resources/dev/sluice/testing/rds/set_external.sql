CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(
  IN host VARCHAR(255), IN port INT, IN user TEXT, IN passwd TEXT, IN name TEXT, IN pos BIGINT UNSIGNED,
  IN enable_ssl_encryption TINYINT(1))
BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_managed INT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @@sql_log_bin = v_logging; RESIGNAL; END;
  SELECT COUNT(*) INTO v_managed FROM mysql.rds_history
   WHERE action = 'disable set master' AND master_user = 'rdsrepladmin';
  IF v_managed > 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Permission Denied: This instance is a RDS Read Replica.';
  END IF;
  IF mysql.rds_replication_service_state() IN ('ON', 'BROKEN') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t modify replication because replication is running. First call mysql.rds_stop_replication.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('${change}',
    ' ${S}_HOST = ', QUOTE(TRIM(BOTH FROM host)),
    ', ${S}_PORT = ', port,
    ', ${S}_USER = ', QUOTE(TRIM(BOTH FROM user)),
    ', ${S}_PASSWORD = ', QUOTE(TRIM(BOTH FROM passwd)),
    ', ${S}_LOG_FILE = ', QUOTE(TRIM(BOTH FROM name)),
    ', ${S}_LOG_POS = ', pos,
    ', ${S}_SSL = ', enable_ssl_encryption,
    ', ${S}_AUTO_POSITION = 0 FOR CHANNEL ''''');
  PREPARE rds_set_external FROM @cmd;
  EXECUTE rds_set_external;
  DEALLOCATE PREPARE rds_set_external;
  SET @cmd = NULL;
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_host, master_port, master_user,
      master_log_file, master_log_pos, master_ssl, auto_position)
    VALUES (USER(), 'set master', VERSION(), TRIM(BOTH FROM host), port, TRIM(BOTH FROM user),
      TRIM(BOTH FROM name), pos, enable_ssl_encryption, 0);
  UPDATE mysql.rds_replication_status
    SET called_by_user = USER(), action = 'set master', mysql_version = VERSION(), master_host = TRIM(BOTH FROM host), master_port = port;
  COMMIT;
  SET @@sql_log_bin = v_logging;
END
