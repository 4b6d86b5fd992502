// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.EndpointOption;

/**
 * What only self-managed replicas can do, given with the endpoint: {@code to(replica, ExternalOption.…)}. On a source they have no
 * effect. Immutable and thread-safe.
 */
public sealed interface ExternalOption extends EndpointOption<ExternalMySql> {
    /**
     * Has the replica believe only certificates of this authority when it connects to the source. <b>When not called:</b> the
     * connection is encrypted and the source's certificate not verified.
     *
     * @param caPathOnReplica a PEM file as the <em>replica's server</em> sees it, absolute or below its data directory
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html">MySQL: SOURCE_SSL_CA</a>
     */
    static ExternalOption replicationTlsVerifiedBy(String caPathOnReplica) {
        return new ReplicationTls(caPathOnReplica, ReplicationTls.Check.AUTHORITY);
    }

    /**
     * As {@link #replicationTlsVerifiedBy}; the certificate must also be made for the host by which the replica knows the source.
     *
     * @param caPathOnReplica a PEM file as the <em>replica's server</em> sees it, absolute or below its data directory
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html">MySQL:
     *     SOURCE_SSL_VERIFY_SERVER_CERT</a>
     */
    static ExternalOption replicationTlsVerifiedIdentityBy(String caPathOnReplica) {
        return new ReplicationTls(caPathOnReplica, ReplicationTls.Check.AUTHORITY_AND_HOST);
    }

    /**
     * How the replica verifies the source's certificate.
     *
     * @param ca a PEM file as the replica's server sees it
     * @param check what is verified
     */
    record ReplicationTls(String ca, Check check) implements ExternalOption {
        /** The name under which the option is stored. */
        static final String NAME = "replication-tls";

        /** What is verified. */
        public enum Check {
            /** That the authority signed it. */
            AUTHORITY,
            /** That the authority signed it for this host. */
            AUTHORITY_AND_HOST
        }

        public ReplicationTls {
            requireNonNull(ca, "ca");
            requireNonNull(check, "check");
            if (ca.isBlank()) {
                throw new IllegalArgumentException("The path of the authority's certificate on the replica is blank");
            }
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
