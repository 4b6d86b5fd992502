// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

/**
 * What AWS's documents leave open or contradict each other about. Without a switch a dressed server does what the newest document says,
 * or what a stock server does; with it, the other. Engines have to cope with both.
 *
 * @see RdsDressing#with(Unverified, Unverified...)
 */
public enum Unverified {
    /** RDS 8.4 also understands {@code master} in names of procedures, as its first release did. Otherwise it does not. */
    MASTER_SPELLINGS_ON_RDS_8_4,
    /** RDS 8.4 has {@code rds_set_external_source_gtid_purged}. Otherwise only 8.0 has it, as documented. */
    GTID_PURGED_ON_RDS_8_4,
    /** RDS has the procedures for SSL material, as in the documents of 2023. Otherwise not, as in the newest list. */
    SSL_MATERIAL_ON_RDS,
    /** Aurora v2 has the procedures for SSL material. Otherwise not: documents name single releases up to 2.11.0 only. */
    SSL_MATERIAL_ON_AURORA_2,
    /** SSL material may hold a PKCS#8 key. Otherwise only PKCS#1, as in the document's example. */
    PKCS8_KEY_ACCEPTED,
    /**
     * {@code rds_set_binlog_source_ssl(1)} verifies the source's certificate, so that replication does not start without a CA.
     * Otherwise it encrypts only.
     */
    SOURCE_SSL_IS_VERIFIED,
    /** Aurora v2 and 8.4 start replication until a position or GTID too. Otherwise only v3 does. */
    START_UNTIL_ON_EVERY_AURORA,
    /** Aurora v2 keeps binary logs for 168 hours at most, silently. Otherwise for 2160, as newer releases do. */
    SHORT_RETENTION_ON_AURORA_2,
    /** {@code rds_set_configuration} on RDS 8.0 and 8.4 knows the retention only. Otherwise the two delays as well. */
    DELAYS_ARE_UNKNOWN_TO_CONFIGURATION,
    /** Texts say {@code Replica} where those that were published say {@code Slave}. */
    TEXTS_SAY_REPLICA,
    /** The admin account sees no routines of schema {@code mysql} in the catalogue, though it may call them. Needs the front. */
    ROUTINES_ARE_HIDDEN,
    /** {@code FLUSH TABLES t WITH READ LOCK} is refused to the admin account. Otherwise only the one without tables is. Needs the front. */
    TABLE_READ_LOCK_IS_REFUSED,
    /** {@code FLUSH BINARY LOGS} is refused to the admin account. Otherwise it passes. Needs the front. */
    LOG_FLUSH_IS_REFUSED,
    /**
     * A server has no row in {@code mysql.rds_heartbeat2} before its {@linkplain DressedServer#beat first beat}. Otherwise it has one from the
     * beginning, as one that has been up for a few minutes.
     */
    HEART_HAS_NOT_BEATEN,
    /** {@code @@basedir} does not give RDS away. Otherwise it begins with {@code /rdsdbbin}. Needs the front. */
    STOCK_BASEDIR
}
