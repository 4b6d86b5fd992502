CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN gtid_option VARCHAR(64))
${part:begin}
${part:no_managed_replica}
${part:not_running}
  SET v_text = UPPER(TRIM(BOTH FROM gtid_option));
  IF v_text NOT IN ('OFF', 'LOCAL') THEN
    IF v_text IS NULL OR v_text NOT REGEXP '^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$' THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The option must be OFF, LOCAL or a UUID.';
    END IF;
    SET v_text = QUOTE(LOWER(v_text));
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('${change} ASSIGN_GTIDS_TO_ANONYMOUS_TRANSACTIONS = ', v_text, ' FOR CHANNEL ''''');
${part:run}
${part:end}
