CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN delay INT${channelParameter})
${part:begin}
${part:delay_in_range}
${part:not_running}
  IF mysql.rds_replication_service_state(${channel}) = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t set a delay because the replica isn''t configured. First call mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('${change} ${S}_DELAY = ', delay, ' FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_delay) VALUES (USER(), 'set source delay', VERSION(), delay);
  UPDATE mysql.rds_configuration c SET c.value = delay WHERE c.name = 'source delay' AND ${channel} = '';
  COMMIT;
${part:end}
