// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One line of {@code SHOW GRANTS} that gives or takes privileges on everything or on a database.
 *
 * @param isGrant whether it gives; else it is a partial revoke
 * @param privileges in upper case, without lists of columns
 * @param database {@code *} for everything, else the pattern (grants) or name (revokes) of a database
 * @param withGrantOption whether they may be passed on
 */
record GrantLine(boolean isGrant, Set<String> privileges, String database, boolean withGrantOption) {
    private static final String EVERYTHING = "*";

    /** Empty for lines about roles, proxies, single tables, columns and routines. */
    static Optional<GrantLine> parse(String line) {
        boolean grant = line.startsWith("GRANT ");
        if (!grant && !line.startsWith("REVOKE ")) {
            return Optional.empty();
        }
        int on = line.indexOf(" ON ");
        int start = line.indexOf(' ') + 1;
        if (on < start || line.startsWith("GRANT PROXY ")) {
            return Optional.empty();
        }
        String privileges = line.substring(start, on);
        Optional<String> database = database(line.substring(on + " ON ".length()));
        return isPlain(privileges)
                ? database.map(
                        found -> new GrantLine(grant, split(privileges), found, line.endsWith(" WITH GRANT OPTION")))
                : Optional.empty();
    }

    /** Roles by name are quoted; lists of columns are in parentheses. */
    private static boolean isPlain(String privileges) {
        return privileges.matches("[A-Za-z0-9_ ,]+");
    }

    private static Set<String> split(String privileges) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : privileges.split(",")) {
            names.add(name.strip().toUpperCase(Locale.ROOT));
        }
        return names;
    }

    /** The database of {@code *.*} or {@code `db`.*}. */
    private static Optional<String> database(String object) {
        if (object.startsWith("*.*")) {
            return Optional.of(EVERYTHING);
        }
        if (!object.startsWith("`")) {
            return Optional.empty();
        }
        int end = closingBacktick(object);
        return object.startsWith(".*", end + 1)
                ? Optional.of(object.substring(1, end).replace("``", "`"))
                : Optional.empty();
    }

    private static int closingBacktick(String object) {
        int at = object.indexOf('`', 1);
        while (at >= 0 && object.startsWith("`", at + 1)) {
            at = object.indexOf('`', at + 2);
        }
        return at < 0 ? object.length() : at;
    }

    boolean isGlobal() {
        return database.equals(EVERYTHING);
    }

    /** Whether this grant's pattern matches the database. */
    boolean covers(String name) {
        return new WildPattern(database).matches(name);
    }

    /** Whether this revoke is about the database: revokes hold names, not patterns. */
    boolean names(String name) {
        return database.equals(name);
    }
}
