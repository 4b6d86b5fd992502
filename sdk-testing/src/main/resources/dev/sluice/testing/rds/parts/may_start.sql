  SET v_state = mysql.rds_replication_service_state(${channel});
  IF v_state = 'ON' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'Replication may already be running. Call rds_stop_replication to stop replication';
  ELSEIF v_state = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t start replication because the replica isn''t configured. First call mysql.${setExternal}.';
  ELSEIF v_state = 'BROKEN' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'Replication might be running. First call mysql.rds_stop_replication.';
  END IF;
