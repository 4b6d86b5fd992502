// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.ErrorCode;

/** The codes of what servers and connections say no with. */
public enum ServerErrorCode implements ErrorCode {
    /** CORE-701: the server refuses the login. */
    LOGIN_REFUSED(
            "CORE-701",
            "The server refuses the login",
            "Check user, password and the host part of the account; an account with REQUIRE SSL also needs TLS"),
    /** CORE-702: the server's host name cannot be resolved. */
    HOST_UNKNOWN(
            "CORE-702",
            "The server's host name cannot be resolved",
            "Check the name, and that this host's DNS knows it: names of private networks often resolve only inside them",
            Retry.CAN_HELP),
    /** CORE-703: nothing answers at the server's address. */
    CONNECTION_REFUSED(
            "CORE-703",
            "Nothing answers at the server's address",
            "Check host and port, that the server runs, and that firewalls and security groups let this host in",
            Retry.CAN_HELP),
    /** CORE-704: the server did not answer in time while connecting. */
    CONNECT_TIMED_OUT(
            "CORE-704",
            "The server did not answer in time while connecting",
            "Check that firewalls, security groups and routes let this host reach the server",
            Retry.CAN_HELP),
    /** CORE-705: the server offers no TLS. */
    NO_TLS_ON_SERVER(
            "CORE-705",
            "The server offers no TLS",
            "Turn TLS on at the server, or let passwords and rows travel readable for everybody: allowPlainText() on the plan, for an endpoint"
                    + " whose tls(…) verifies no certificate"),
    /** CORE-706: the server's certificate is not trusted. */
    CERTIFICATE_NOT_TRUSTED(
            "CORE-706",
            "The server's certificate is not trusted",
            "Give the endpoint the PEM file of the authority that signed it, and the host name that it was made for"),
    /** CORE-707: TLS with the server failed. */
    TLS_FAILED(
            "CORE-707",
            "TLS with the server failed",
            "The server must speak TLS 1.2 or 1.3 with a cipher that Java allows; older ones cannot be connected to safely"),
    /** CORE-708: the server refuses connections without TLS. */
    TLS_REQUIRED_BY_SERVER(
            "CORE-708",
            "The server refuses connections without TLS",
            "Take allowPlainText() off the plan, or give the connection TLS"),
    /** CORE-709: the server does not let this host in. */
    HOST_NOT_ALLOWED(
            "CORE-709",
            "The server does not let this host in",
            "Create the account for this host; after many broken connections run FLUSH HOSTS or truncate performance_schema.host_cache"),
    /** CORE-710: the user lacks a privilege. */
    PRIVILEGE_MISSING(
            "CORE-710",
            "The user lacks a privilege",
            "Grant the privilege that the message names, or use another user"),
    /** CORE-711: the server is read-only. */
    READ_ONLY(
            "CORE-711",
            "The server is read-only",
            "Write to the server that is not read-only, or switch read_only off there"),
    /** CORE-712: the statement was rolled back to end a deadlock. */
    DEADLOCK("CORE-712", "The statement was rolled back to end a deadlock", "Try again", Retry.CAN_HELP),
    /** CORE-713: a lock was not granted in time. */
    LOCK_WAIT(
            "CORE-713",
            "A lock was not granted in time",
            "Look for the session that holds it (sys.innodb_lock_waits, performance_schema.metadata_locks); then try again",
            Retry.CAN_HELP),
    /** CORE-714: the server has no connection to spare. */
    TOO_MANY_CONNECTIONS(
            "CORE-714",
            "The server has no connection to spare",
            "Raise max_connections or the account's limit, or use fewer threads",
            Retry.CAN_HELP),
    /** CORE-715: the connection was lost while reading. */
    CONNECTION_LOST("CORE-715", "The connection was lost while reading", "Try again", Retry.CAN_HELP),
    /** CORE-716: the connection or the statement was ended in the middle of a change. */
    OUTCOME_UNKNOWN(
            "CORE-716",
            "The connection or the statement was ended in the middle of a change",
            "Look at the server before anything is repeated. A run does so by itself; where it failed all the same, abandon it"
                    + " or start its plan again, which both look first"),
    /** CORE-717: the server is shutting down. */
    SHUTTING_DOWN("CORE-717", "The server is shutting down", "Wait until it is up again", Retry.CAN_HELP),
    /** CORE-718: the server has no space left. */
    DISK_FULL("CORE-718", "The server has no space left", "Free or add storage on the server"),
    /** CORE-719: somebody ended the statement on the server. */
    STATEMENT_KILLED("CORE-719", "Somebody ended the statement on the server", "Try again", Retry.CAN_HELP),
    /** CORE-720: a packet was larger than the server takes. */
    PACKET_TOO_LARGE(
            "CORE-720",
            "A packet was larger than the server takes",
            "Raise max_allowed_packet on the server, up to 1 GiB"),
    /** CORE-721: the server does not understand the statement. */
    NOT_UNDERSTOOD(
            "CORE-721",
            "The server does not understand the statement",
            "Most likely its version is not supported; report it with the version"),
    /** CORE-722: a table was changed by DDL after the snapshot was taken. */
    DEFINITION_CHANGED(
            "CORE-722",
            "A table was changed by DDL after the snapshot was taken",
            "Take a new snapshot, and hold back DDL until the copy is done",
            Retry.CAN_HELP),
    /** CORE-723: the server's time limit for statements was reached. */
    TIME_LIMIT(
            "CORE-723",
            "The server's time limit for statements was reached",
            "Raise max_execution_time for this user",
            Retry.CAN_HELP),
    /** CORE-724: the server closed a connection that was idle. */
    IDLE_TOO_LONG("CORE-724", "The server closed a connection that was idle", "Try again", Retry.CAN_HELP),
    /** CORE-725: the server has no memory left. */
    OUT_OF_MEMORY(
            "CORE-725", "The server has no memory left", "Free memory on the server, then try again", Retry.CAN_HELP),
    /** CORE-726: something that the statement names does not exist. */
    NO_SUCH_OBJECT("CORE-726", "Something that the statement names does not exist", "See the message for its name"),
    /** CORE-727: a stored procedure refused. */
    PROCEDURE_REFUSED("CORE-727", "A stored procedure refused", "See the message: it is the procedure's own"),
    /** CORE-728: the server refused the statement. */
    REFUSED(
            "CORE-728",
            "The server refused the statement",
            "See the message and its number in MySQL's error reference"),
    /** CORE-729: a look at the server returned far more rows than expected. */
    RESULT_TOO_LARGE(
            "CORE-729",
            "A look at the server returned far more rows than expected",
            "Report it with the server's version"),
    /** CORE-730: the connection cannot be used for this. */
    CONNECTION_NOT_USABLE(
            "CORE-730",
            "The connection cannot be used for this",
            "See the message: the driver, or the host's own ConnectionSource, said so"),
    /** CORE-731: the server writes no binary log. */
    BINLOG_OFF(
            "CORE-731", "The server writes no binary log", "Turn the binary log on (log_bin) and restart the server"),
    /** CORE-732: a session of ours could not be ended. */
    THREAD_LEFT("CORE-732", "A session of ours could not be ended", "End it by KILL on the server", Retry.CAN_HELP),
    /** CORE-881: a session of ours was not killed, since its server does not answer any more. */
    SESSION_ELSEWHERE(
            "CORE-881",
            "A session of ours was not killed, since its server does not answer any more",
            "None is needed: after a restart the session is gone. Where the address leads to another server by now, look for the session on the"
                    + " old one if that still runs; it ends there when it notices that nobody listens");

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    ServerErrorCode(String id, String meaning, String remedy) {
        this(id, meaning, remedy, Retry.POINTLESS);
    }

    ServerErrorCode(String id, String meaning, String remedy, Retry retry) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
        this.retry = retry;
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

    @Override
    public Retry retry() {
        return retry;
    }
}
