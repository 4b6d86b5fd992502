  SET @@sql_log_bin = v_logging;
END
