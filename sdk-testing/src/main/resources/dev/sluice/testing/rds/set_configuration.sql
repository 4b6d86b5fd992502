CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.rds_set_configuration(IN name VARCHAR(30), IN value INT)
BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_known INT;
  DECLARE v_text VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @@sql_log_bin = v_logging; RESIGNAL; END;
  SELECT COUNT(*) INTO v_known FROM mysql.rds_configuration c WHERE BINARY c.name = BINARY name;
  IF v_known = 0 THEN
    SET v_text = CONCAT('Cannot set unknown configuration parameter ', QUOTE(name), ' using mysql.rds_set_configuration.');
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = v_text;
  END IF;
  IF name = 'binlog retention hours' AND value NOT BETWEEN 1 AND 168 THEN
    SIGNAL SQLSTATE '45000'
      SET MESSAGE_TEXT = 'For binlog retention hours the value must be between 1 and 168 inclusive or be NULL';
  ELSEIF name = 'target delay' AND (value IS NULL OR value NOT BETWEEN 0 AND 86400) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'For target delay the value must be between 0 and 86400 inclusive';
  ELSEIF name = 'source delay' AND (value IS NULL OR value NOT BETWEEN 0 AND 86400) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'For source delay the value must be between 0 and 86400 inclusive.';
  END IF;
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_configuration c SET c.value = value WHERE BINARY c.name = BINARY name;
  COMMIT;
  SET @@sql_log_bin = v_logging;
END
