// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.ErrorCode;

/**
 * What goes wrong with clusters of Aurora MySQL only; what they have in common with RDS has codes that begin with RDS. Immutable and
 * thread-safe.
 */
public enum AuroraErrorCode implements ErrorCode {
    /** AUR-101: the endpoint leads to a reader of the cluster. */
    READER(
            "AUR-101",
            "The endpoint leads to a reader of the cluster",
            "Give the cluster endpoint (…cluster-….rds.amazonaws.com, not …cluster-ro-…): only the writer has binary logs and replicates."
                    + " After a failover, wait until the name leads to the new writer"),
    /** AUR-102: the server is not Aurora MySQL. */
    NOT_AURORA(
            "AUR-102",
            "The server is not Aurora MySQL",
            "Check the address; for an instance of RDS use RdsMySql, for any other server ExternalMySql"),
    /** AUR-372: the source lets its applications go before replicas. */
    DUMP_YIELDS(
            "AUR-372",
            "The source lets its applications go before replicas, which lag by up to that many seconds on purpose",
            "Set aurora_binlog_replication_max_yield_seconds to 0 in its parameter group if the lag matters more"),
    /** AUR-103: Aurora Serverless v1 cannot replicate by binary logs. */
    SERVERLESS_V1(
            "AUR-103",
            "Aurora Serverless v1 cannot replicate by binary logs",
            "Restore a snapshot of it into a provisioned cluster or Aurora Serverless v2, and replicate that"),
    /** AUR-104: the cluster is a Multi-AZ DB cluster, or of another engine. */
    MULTI_AZ_CLUSTER(
            "AUR-104",
            "The cluster is a Multi-AZ DB cluster, or of another engine",
            "Multi-AZ DB clusters cannot be replicated to servers outside of RDS; use a Multi-AZ DB instance"),
    /** AUR-111: the source writes no binary log, and a reboot is needed to change that. */
    NO_BINLOG(
            "AUR-111",
            "The source writes no binary log, and a reboot is needed to change that",
            "Allow the reboot of the writer on the plan, or set binlog_format in the cluster's parameter group and reboot the writer"
                    + " yourself"),
    /** AUR-112: the source can stop writing a binary log only by a reboot. */
    REBOOT_NEEDED(
            "AUR-112",
            "The source can stop writing a binary log only by a reboot",
            "Allow the reboot of the writer on the plan, or take disableBinlog() off it");

    private final String id;
    private final String meaning;
    private final String remedy;

    AuroraErrorCode(String id, String meaning, String remedy) {
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
