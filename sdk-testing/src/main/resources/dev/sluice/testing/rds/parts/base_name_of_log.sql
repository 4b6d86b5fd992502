(SELECT LEFT(i.Master_log_name, CHAR_LENGTH(i.Master_log_name) - CHAR_LENGTH(SUBSTRING_INDEX(i.Master_log_name, '.', -1)) - 1)
  FROM mysql.slave_master_info i WHERE CAST(i.Channel_name AS BINARY) = CAST(${channel} AS BINARY))
