  PREPARE rds_cmd FROM @cmd;
  EXECUTE rds_cmd;
  DEALLOCATE PREPARE rds_cmd;
  SET @cmd = NULL;
