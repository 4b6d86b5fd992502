CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN gtid_to_skip VARCHAR(50))
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET SESSION GTID_NEXT = 'AUTOMATIC'; RESIGNAL; END;
  IF TRIM(BOTH FROM gtid_to_skip) NOT REGEXP '^[0-9a-fA-F-]{36}:[0-9]+$' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The value must be one GTID of the form server_uuid:number.';
  END IF;
  SET SESSION GTID_NEXT = TRIM(BOTH FROM gtid_to_skip);
  START TRANSACTION;
  COMMIT;
  SET SESSION GTID_NEXT = 'AUTOMATIC';
  SELECT 'Transaction has been skipped successfully.' AS Message;
END
