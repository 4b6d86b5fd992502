// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.ErrorCode;

/** What can go wrong while client programs copy. */
public enum ProgramCode implements ErrorCode {
    /** CORE-116: an endpoint is reached by the host's own way to connect. */
    NOT_FOR_PROGRAMS(
            "CORE-116",
            "mysqldump and mysql log in by themselves and cannot use a host application's own way to connect",
            "Give the endpoint's real address, user and password, or leave copyWith(…) out: the copy inside the JVM uses the"
                    + " connection source"),
    /** CORE-451: the scope names single tables. */
    SINGLE_TABLES(
            "CORE-451",
            "mysqldump can dump single tables only without their database's own settings and routines, one database a call and thus one snapshot a call",
            "Take whole databases into the scope and exclude tables, or let the plan copy in process"),
    /** CORE-452: a program is MariaDB's. */
    NOT_MYSQL(
            "CORE-452",
            "A client program is MariaDB's, which writes and reads dumps in a dialect of its own",
            "Install MySQL's client programs and name their folder by Sluice.builder().clientPrograms(ClientPrograms.in(folder)), or let"
                    + " the plan copy in process"),
    /** CORE-453: a program does not run, or is too old. */
    PROGRAM_UNUSABLE(
            "CORE-453",
            "A client program cannot be used",
            "Install client programs of the source's release series or a later one, or let the plan copy in process"),
    /** CORE-454: {@code mysqldump} ended with an error. */
    DUMP_FAILED("CORE-454", "mysqldump failed", "See what mysqldump said"),
    /** CORE-455: {@code mysql} ended with an error. */
    LOAD_FAILED(
            "CORE-455",
            "mysql failed while it loaded the dump",
            "See what mysql said; what was loaded up to there stays until it is undone"),
    /** CORE-457: a name of the scope that {@code mysqldump} would not understand. */
    NAME_NOT_PASSABLE(
            "CORE-457",
            "A name in the scope cannot be passed to mysqldump",
            "Start the JVM in a UTF-8 locale such as C.UTF-8, or let the plan copy in process"),
    /** CORE-458: a certificate is to be verified, and there is no PEM file for it. */
    NO_CERTIFICATES(
            "CORE-458",
            "Client programs cannot verify a server's certificate with Java's own list of authorities",
            "Give the endpoint a PEM file with the authority's certificate"),
    /** CORE-459: no file for the password that only its owner can read. */
    NO_PRIVATE_FILE(
            "CORE-459",
            "A file that only its owner can read cannot be written, so that the password has no safe way to the client programs",
            "Point java.io.tmpdir to a local folder on a file system with POSIX permissions"),
    /** CORE-461: a warning that a program gave. */
    PROGRAM_SAID("CORE-461", "A client program warned of something", "See what it said"),
    /** CORE-462: nothing flowed for too long. */
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
