  IF (SELECT COUNT(*) FROM performance_schema.replication_connection_configuration c
       WHERE CAST(c.channel_name AS BINARY) <> CAST(${channel} AS BINARY)) >= 15 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The maximum number of replication channels is 15.';
  END IF;
  IF (SELECT COUNT(*) FROM performance_schema.replication_connection_configuration c
       WHERE CAST(c.channel_name AS BINARY) <> CAST(${channel} AS BINARY)
         AND CAST(c.host AS BINARY) = CAST(TRIM(BOTH FROM host) AS BINARY) AND c.port = port) > 0 THEN
    SET v_text = LEFT(CONCAT('Configuring multiple channels to replicate from the host ', TRIM(BOTH FROM host), ' is not supported.'), 128);
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = v_text;
  END IF;
