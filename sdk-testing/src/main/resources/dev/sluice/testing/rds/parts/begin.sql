BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_state VARCHAR(10) CHARSET latin1;
  DECLARE v_text VARCHAR(128);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @cmd = NULL; SET @@sql_log_bin = v_logging; RESIGNAL; END;
  DO (SELECT COUNT(*) FROM mysql.rds_history); -- opens a transaction in a session that does not commit by itself, which fails then
