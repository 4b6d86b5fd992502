CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}()
BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_managed INT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @@sql_log_bin = v_logging; RESIGNAL; END;
  SELECT COUNT(*) INTO v_managed FROM mysql.rds_history
   WHERE action = 'disable set master' AND master_user = 'rdsrepladmin';
  IF v_managed > 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Permission Denied: This instance is a RDS Read Replica.';
  END IF;
  IF mysql.rds_replication_service_state() = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t reset replication because replication isn''t configured. First run mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  IF mysql.rds_replication_service_state() <> 'OFF' THEN
    ${stop};
    DO SLEEP(${pause});
  END IF;
  ${resetAll};
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'reset slave', VERSION());
  UPDATE mysql.rds_replication_status
    SET called_by_user = USER(), action = 'reset slave', mysql_version = VERSION(), master_host = NULL, master_port = NULL;
  COMMIT;
  SELECT 'Slave has been reset' AS message;
  SET @@sql_log_bin = v_logging;
END
