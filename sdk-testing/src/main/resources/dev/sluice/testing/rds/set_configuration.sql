CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.rds_set_configuration(IN name VARCHAR(30), IN value INT)
${part:begin}
  IF (SELECT COUNT(*) FROM mysql.rds_configuration c WHERE BINARY c.name = BINARY TRIM(BOTH FROM name)) = 0 THEN
    SET v_text = CONCAT('Cannot set unknown configuration parameter ', QUOTE(name), ' using mysql.rds_set_configuration.');
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = v_text;
  END IF;
  IF TRIM(BOTH FROM name) = 'binlog retention hours' AND value NOT BETWEEN 1 AND 168 THEN
    SIGNAL SQLSTATE '45000'
      SET MESSAGE_TEXT = 'For binlog retention hours the value must be between 1 and 168 inclusive or be NULL';
  ELSEIF TRIM(BOTH FROM name) = 'target delay' AND (value IS NULL OR value NOT BETWEEN 0 AND 86400) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'For target delay the value must be between 0 and 86400 inclusive';
  ELSEIF TRIM(BOTH FROM name) = 'source delay' THEN
    CALL mysql.rds_set_source_delay(value);
  END IF;
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_configuration c SET c.value = value WHERE BINARY c.name = BINARY TRIM(BOTH FROM name);
  COMMIT;
${part:end}
