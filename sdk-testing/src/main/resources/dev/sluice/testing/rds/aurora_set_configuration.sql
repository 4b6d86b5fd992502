CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.rds_set_configuration(IN name VARCHAR(30), IN value INT)
${part:begin}
  IF BINARY TRIM(BOTH FROM name) <> BINARY 'binlog retention hours' THEN
    SET v_text = CONCAT('Cannot set unknown configuration parameter ', QUOTE(name), ' using mysql.rds_set_configuration.');
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = v_text;
  END IF;
  IF value < 1 THEN
    SIGNAL SQLSTATE '45000'
      SET MESSAGE_TEXT = 'For binlog retention hours the value must be between 1 and 2160 inclusive or be NULL';
  END IF;
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_configuration c SET c.value = LEAST(value, ${mostHours}) WHERE c.name = 'binlog retention hours';
  COMMIT;
${part:end}
