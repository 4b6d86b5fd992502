// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.ErrorCode;

/** What Sluice itself finds wrong with a copy by programs. What goes wrong in the programs has codes of its own. */
public enum DumpCode implements ErrorCode {
    /** CORE-450: a program is not on this host. */
    PROGRAM_MISSING(
            "CORE-450",
            "A client program that the copy needs is not installed",
            "Install MySQL's client programs (mysqldump and mysql) on this host, name their folder by"
                    + " Sluice.builder().clientPrograms(ClientPrograms.in(folder)), or let the plan copy in process"),
    /** CORE-456: the source hides its sessions. */
    NOT_VISIBLE(
            "CORE-456",
            "The source does not show which session is mysqldump's, so that nobody can tell when its snapshot is open",
            "Set performance_schema=ON on the source, or let the plan copy in process"),
    /** CORE-460: a warning about columns of type FLOAT. */
    LOSES_DIGITS(
            "CORE-460",
            "mysqldump writes FLOAT values with six digits, so that others arrive changed",
            "Copy in process if such values matter; the comparison names the rows that differ"),
    /** CORE-883: a plan copies by programs, and none were given. */
    NO_PROGRAMS(
            "CORE-883",
            "The plan copies by mysqldump, and Sluice was built without what runs client programs",
            "Add the artifact sluice-client-programs, and call Sluice.builder().clientPrograms(ClientPrograms.onPath()); or leave"
                    + " copyWith(…) out of the plan, which copies inside the JVM then");

    private final String id;
    private final String meaning;
    private final String remedy;

    DumpCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
