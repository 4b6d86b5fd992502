// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a source's binary log settings is not as replicas need it.
 *
 * @param source the source's facts
 * @param freeId the server id that it can take if it has none
 */
record BinlogSettings(ServerFacts source, long freeId) {
    private static final String LOG = "log_bin";
    private static final String FORMAT = "binlog_format";
    private static final String IMAGE = "binlog_row_image";
    private static final String ID = "server_id";

    static final String[] VARIABLES = {LOG, FORMAT, IMAGE, ID};

    static BinlogSettings of(StepContext context) {
        return new BinlogSettings(context.source(), FreeServerId.of(context.source(), context.replica()));
    }

    /** The log cannot be switched on while the server runs. */
    boolean needRestart() {
        return !source.isOn(LOG);
    }

    /** What can be set while the server runs. */
    List<Setting> online() {
        List<Setting> settings = new ArrayList<>();
        if (!has(FORMAT, "ROW")) {
            settings.add(new Setting(source, FORMAT, "ROW"));
        }
        if (!has(IMAGE, "FULL")) {
            settings.add(new Setting(source, IMAGE, "FULL"));
        }
        if (source.serverId() == 0) {
            settings.add(new Setting(source, ID, freeId));
        }
        return settings;
    }

    private boolean has(String variable, String value) {
        return source.variable(variable).filter(value::equalsIgnoreCase).isPresent();
    }

    /** What a person has to write into the option file for a restart. */
    List<String> optionLines() {
        List<String> lines = new ArrayList<>(List.of(
                "remove skip-log-bin and disable-log-bin from the option file, if they are there",
                "put into the option file under [mysqld]:",
                "log-bin=binlog",
                "server-id=" + (source.serverId() == 0 ? freeId : source.serverId())));
        online().stream()
                .filter(setting -> !setting.variable().equals(ID))
                .map(Setting::optionLine)
                .forEach(lines::add);
        lines.add("restart the server");
        return lines;
    }

    /** The variables whose present values will not do. */
    List<String> deviations(GlobalVariables now) {
        List<String> deviations = new ArrayList<>();
        if (!now.has(LOG, "ON")) {
            deviations.add(LOG);
        }
        if (!now.has(FORMAT, "ROW")) {
            deviations.add(FORMAT);
        }
        if (!now.has(IMAGE, "FULL")) {
            deviations.add(IMAGE);
        }
        if (now.has(ID, "0")) {
            deviations.add(ID);
        }
        return deviations;
    }

    /** The operation that sets a variable. */
    static String id(String variable) {
        return "set-" + variable.replace('_', '-');
    }

    static List<String> notes(Setting setting) {
        List<String> notes = new ArrayList<>(setting.notes());
        if (setting.variable().equals(FORMAT) || setting.variable().equals(IMAGE)) {
            notes.add("Sessions that are open on the source keep their own " + setting.variable()
                    + " until they connect again; let applications reconnect before the snapshot.");
        }
        return notes;
    }
}
