CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.rds_stop_replication()
BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_state VARCHAR(10) CHARSET latin1;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @@sql_log_bin = v_logging; RESIGNAL; END;
  SELECT mysql.rds_replication_service_state() INTO v_state FROM mysql.rds_replication_status;
  IF v_state = 'OFF' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'Slave is already stopped or may not be configured. Run SHOW SLAVE STATUS\\G;';
  ELSEIF v_state = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t stop replication because the replica isn''t configured. First call mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_replication_status SET called_by_user = USER(), action = 'stop slave', mysql_version = VERSION();
  COMMIT;
  ${stop};
  DO SLEEP(${pause});
  IF mysql.rds_replication_service_state() <> 'OFF' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'Slave has encountered an error. Run SHOW SLAVE STATUS\\G; to see the error.';
  END IF;
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'stop slave', VERSION());
  COMMIT;
  SELECT 'Slave is now down or disabled' AS Message;
  SET @@sql_log_bin = v_logging;
END
