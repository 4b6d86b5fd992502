// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testing.front.QueryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the front answers to the admin account in place of the server: what a stock server cannot be made to say. */
final class AdminRules {
    private static final String FLUSH = "FLUSH (?:(?:NO_WRITE_TO_BINLOG|LOCAL) )?";
    private static final Pattern ROUTINES = Pattern.compile(
            "\\binformation_schema\\s*\\.\\s*(routines|parameters)\\b(?:\\s+AS\\b)?"
                    + "(?:\\s+(?!(?:WHERE|ORDER|GROUP|HAVING|LIMIT|JOIN|INNER|LEFT|RIGHT|CROSS|ON|USING|UNION)\\b)(\\w+))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION_FUNCTION =
            Pattern.compile("\\bAURORA_VERSION\\s*\\(\\s*\\)", Pattern.CASE_INSENSITIVE);

    private final RdsFlavour flavour;
    private final Set<Unverified> switches;
    private final String admin;
    private final String instance;

    AdminRules(RdsFlavour flavour, Set<Unverified> switches, String admin) {
        this(flavour, switches, admin, "");
    }

    private AdminRules(RdsFlavour flavour, Set<Unverified> switches, String admin, String instance) {
        this.flavour = flavour;
        this.switches = switches;
        this.admin = admin;
        this.instance = instance;
    }

    /** The same of a server that says that it is this instance. */
    AdminRules of(String name) {
        return new AdminRules(flavour, switches, admin, name);
    }

    QueryRules ofWriter() {
        return general(variables());
    }

    /** An Aurora reader is read-only and has no binary log. */
    QueryRules ofReader() {
        List<FixedVariable> variables = new ArrayList<>(variables());
        variables.add(FixedVariable.flag("innodb_read_only", true));
        variables.add(FixedVariable.flag("log_bin", false));
        return general(variables)
                .refusing("SHOW (?:BINARY|MASTER) LOGS", 1381, "HY000", "You are not using binary logging")
                .rewriting(
                        "SHOW (?:MASTER|BINARY LOG) STATUS",
                        "SELECT '' AS File, 0 AS Position, '' AS Binlog_Do_DB, '' AS Binlog_Ignore_DB,"
                                + " '' AS Executed_Gtid_Set FROM DUAL WHERE FALSE");
    }

    private QueryRules general(List<FixedVariable> variables) {
        String denied = "Access denied for user '" + admin + "'@'%' (using password: YES)";
        QueryRules rules = QueryRules.of(admin).refusing(FLUSH + "TABLES? WITH READ LOCK", 1045, "28000", denied);
        if (!variables.isEmpty()) {
            rules = rules.rewriting(new ShownVariables(variables));
        }
        if (flavour.isAurora()) {
            String version = flavour.auroraVersion().orElseThrow();
            rules = rules.rewriting(
                    query -> Literals.replaceOutside(query, VERSION_FUNCTION, found -> "'" + version + "'"));
        }
        if (switches.contains(Unverified.TABLE_READ_LOCK_IS_REFUSED)) {
            rules = rules.refusing(FLUSH + "TABLES? (?!WITH\\b).+ WITH READ LOCK", 1045, "28000", denied);
        }
        if (switches.contains(Unverified.LOG_FLUSH_IS_REFUSED)) {
            rules = rules.refusing(
                    FLUSH + "(?:BINARY )?LOGS",
                    1227,
                    "42000",
                    "Access denied; you need (at least one of) the RELOAD privilege(s) for this operation");
        }
        if (switches.contains(Unverified.ROUTINES_ARE_HIDDEN)) {
            rules = rules.rewriting(query -> Literals.replaceOutside(query, ROUTINES, AdminRules::withoutRoutines));
        }
        return rules;
    }

    private static String withoutRoutines(MatchResult found) {
        String alias = found.group(2) == null ? found.group(1) : found.group(2);
        String schema = found.group(1).equalsIgnoreCase("routines") ? "ROUTINE_SCHEMA" : "SPECIFIC_SCHEMA";
        return "(SELECT * FROM information_schema." + found.group(1) + " WHERE " + schema + " <> 'mysql') " + alias;
    }

    private List<FixedVariable> variables() {
        List<FixedVariable> variables = new ArrayList<>();
        if (!switches.contains(Unverified.STOCK_BASEDIR)) {
            variables.add(FixedVariable.text("basedir", "/rdsdbbin/" + (flavour.isAurora() ? "oscar" : "mysql") + "/"));
        }
        flavour.auroraVersion().ifPresent(version -> {
            variables.add(FixedVariable.text("aurora_version", version));
            variables.add(FixedVariable.flag("skip_name_resolve", true));
            variables.add(FixedVariable.number("sync_binlog", 1));
        });
        if (!instance.isEmpty()) {
            variables.add(FixedVariable.text(flavour.isAurora() ? "aurora_server_id" : "hostname", instance));
        }
        if (flavour == RdsFlavour.AURORA_2 || flavour == RdsFlavour.AURORA_3) {
            variables.add(FixedVariable.flag("log_slave_updates", true));
        }
        if (flavour == RdsFlavour.AURORA_3 || flavour == RdsFlavour.AURORA_8_4) {
            variables.add(FixedVariable.flag("log_replica_updates", true));
        }
        return List.copyOf(variables);
    }
}
