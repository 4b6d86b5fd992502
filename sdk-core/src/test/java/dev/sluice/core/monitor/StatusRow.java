// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the status statement as servers print them, of a channel that runs; single columns may be replaced. */
final class StatusRow {
    static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    private final Map<String, String> values = new LinkedHashMap<>();

    private StatusRow() {}

    /** As MySQL 8.0 prints it, with GTIDs 1 to 90 executed and 1 to 100 fetched. */
    static StatusRow of80() {
        StatusRow row = new StatusRow();
        row.labels("Source", "Replica");
        return row;
    }

    /** The same in the words of MySQL 5.7. */
    static StatusRow of57() {
        StatusRow row = new StatusRow();
        row.labels("Master", "Slave");
        return row;
    }

    private void labels(String source, String replica) {
        values.put(
                replica + "_IO_State", "Waiting for " + source.toLowerCase(java.util.Locale.ROOT) + " to send event");
        values.put(source + "_Host", "db1");
        values.put(source + "_User", "repl");
        values.put(source + "_Port", "3306");
        values.put("Connect_Retry", "10");
        values.put(source + "_Log_File", "bin.000003");
        values.put("Read_" + source + "_Log_Pos", "1000");
        values.put("Relay_" + source + "_Log_File", "bin.000003");
        values.put(replica + "_IO_Running", "Yes");
        values.put(replica + "_SQL_Running", "Yes");
        values.put("Exec_" + source + "_Log_Pos", "900");
        values.put(source + "_SSL_Allowed", "Yes");
        values.put("Seconds_Behind_" + source, "1");
        values.put("Last_IO_Errno", "0");
        values.put("Last_IO_Error", "");
        values.put("Last_SQL_Errno", "0");
        values.put("Last_SQL_Error", "");
        values.put(source + "_UUID", SOURCE);
        values.put("SQL_Delay", "0");
        values.put("SQL_Remaining_Delay", null);
        values.put(replica + "_SQL_Running_State", "Applying batch of row changes (update)");
        values.put("Retrieved_Gtid_Set", SOURCE + ":1-100");
        values.put("Executed_Gtid_Set", SOURCE + ":1-90");
        values.put("Auto_Position", "1");
        values.put("Channel_Name", "");
    }

    StatusRow with(String label, String value) {
        if (!values.containsKey(label)) {
            throw new IllegalArgumentException("Not a column of this version: " + label);
        }
        values.put(label, value);
        return this;
    }

    /** Has applied this much, of the positions and of the GTIDs alike: position 900 is GTID 90. */
    StatusRow applied(long gtid) {
        values.put("Executed_Gtid_Set", SOURCE + ":1-" + gtid);
        values.put(
                values.containsKey("Exec_Source_Log_Pos") ? "Exec_Source_Log_Pos" : "Exec_Master_Log_Pos", gtid + "0");
        return this;
    }

    StatusRow fetched(long gtid) {
        values.put("Retrieved_Gtid_Set", SOURCE + ":1-" + gtid);
        values.put(
                values.containsKey("Read_Source_Log_Pos") ? "Read_Source_Log_Pos" : "Read_Master_Log_Pos", gtid + "0");
        return this;
    }

    StatusRow positions() {
        return with("Auto_Position", "0");
    }

    ReplicaStatus read() {
        boolean old = values.containsKey("Master_Host");
        Dialect dialect = Dialect.of(old ? ServerVersion.of(5, 7, 22) : ServerVersion.of(8, 0, 31));
        return ReplicaStatusReader.readAll(sql -> List.of(Row.of(values)), dialect)
                .get(0);
    }
}
