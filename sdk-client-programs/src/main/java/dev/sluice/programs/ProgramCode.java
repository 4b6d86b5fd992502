// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.ErrorCode;

/** What can go wrong while client programs copy. */
public enum ProgramCode implements ErrorCode {
    NOT_FOR_PROGRAMS(
            "CORE-116",
            "mysqldump and mysql log in by themselves and cannot use a host application's own way to connect",
            "Give the endpoint's real address, user and password, or leave copyWith(…) out: the copy inside the JVM uses the"
                    + " connection source"),
    SINGLE_TABLES(
            "CORE-451",
            "mysqldump can dump single tables only without their database's own settings and routines, one database a call and thus one snapshot a call",
            "Take whole databases into the scope and exclude tables, or let the plan copy in process"),
    NOT_MYSQL(
            "CORE-452",
            "A client program is MariaDB's, which writes and reads dumps in a dialect of its own",
            "Install MySQL's client programs and name their folder by Sluice.builder().clientPrograms(ClientPrograms.in(folder)), or let"
                    + " the plan copy in process"),
    PROGRAM_UNUSABLE(
            "CORE-453",
            "A client program cannot be used",
            "Install client programs of the source's release series or a later one, or let the plan copy in process"),
    DUMP_FAILED("CORE-454", "mysqldump failed", "See what mysqldump said"),
    LOAD_FAILED(
            "CORE-455",
            "mysql failed while it loaded the dump",
            "See what mysql said; what was loaded up to there stays until it is undone"),
    NAME_NOT_PASSABLE(
            "CORE-457",
            "A name in the scope cannot be passed to mysqldump",
            "Start the JVM in a UTF-8 locale such as C.UTF-8, or let the plan copy in process"),
    NO_CERTIFICATES(
            "CORE-458",
            "Client programs cannot verify a server's certificate with Java's own list of authorities",
            "Give the endpoint a PEM file with the authority's certificate"),
    NO_PRIVATE_FILE(
            "CORE-459",
            "A file that only its owner can read cannot be written, so that the password has no safe way to the client programs",
            "Point java.io.tmpdir to a local folder on a file system with POSIX permissions"),
    PROGRAM_SAID("CORE-461", "A client program warned of something", "See what it said"),
    STALLED(
            "CORE-462",
            "No byte went from mysqldump to mysql for too long",
            "Look for what the sessions of mysqldump and mysql wait for on both servers");

    private final String id;
    private final String meaning;
    private final String remedy;

    ProgramCode(String id, String meaning, String remedy) {
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
