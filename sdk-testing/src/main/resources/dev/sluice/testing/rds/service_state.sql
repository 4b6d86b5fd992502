CREATE DEFINER = `rdsadmin`@`localhost` FUNCTION mysql.rds_replication_service_state(channel VARCHAR(64)) RETURNS VARCHAR(10) CHARSET latin1
  READS SQL DATA
BEGIN
  DECLARE v_receiver VARCHAR(20);
  DECLARE v_applier VARCHAR(20);
  DECLARE v_channels INT;
  SELECT COUNT(*), MAX(receiver.service_state), MAX(applier.service_state)
    INTO v_channels, v_receiver, v_applier
    FROM performance_schema.replication_connection_status receiver
    JOIN performance_schema.replication_applier_status applier USING (channel_name)
   WHERE CAST(receiver.channel_name AS BINARY) = CAST(channel AS BINARY);
  RETURN CASE
    WHEN v_channels = 0 THEN 'NOT_EXIST'
    WHEN v_receiver = 'ON' AND v_applier = 'ON' THEN 'ON'
    WHEN v_receiver = 'OFF' AND v_applier = 'OFF' THEN 'OFF'
    ELSE 'BROKEN' -- also while the receiver is still connecting
  END;
END
