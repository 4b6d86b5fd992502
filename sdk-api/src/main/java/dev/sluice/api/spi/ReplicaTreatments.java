// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.Operation;
import java.util.List;

/**
 * How replicas of one kind are changed to make them replicate again. Nothing is done here: each method returns what would be, in order, and
 * nothing at all where this kind of server cannot. Methods for a channel are asked only if one is configured. Pure and thread-safe.
 */
public interface ReplicaTreatments {
    /** Cannot do anything: for engines that say nothing. */
    ReplicaTreatments NONE = new ReplicaTreatments() {
        @Override
        public List<Operation> start(Symptoms symptoms) {
            return List.of();
        }

        @Override
        public List<Operation> skip(Symptoms symptoms) {
            return List.of();
        }

        @Override
        public List<Operation> nextLog(Symptoms symptoms) {
            return List.of();
        }

        @Override
        public List<Operation> fetchAgain(Symptoms symptoms) {
            return List.of();
        }

        @Override
        public List<Operation> point(Symptoms symptoms, Pointing pointing) {
            return List.of();
        }

        @Override
        public List<Operation> set(Symptoms symptoms, String variable, String value) {
            return List.of();
        }
    };

    /** Whether one table of such replicas can be copied anew: see {@link Engine#tableCopySteps()}. */
    default boolean copiesTables() {
        return false;
    }

    /** Starts the halves that stand still. */
    List<Operation> start(Symptoms symptoms);

    /** Leaves out the transaction at which the applier stands, and starts it. Only with {@code Consent.SKIPPED_CHANGES}. */
    List<Operation> skip(Symptoms symptoms);

    /** Goes on with the next file of the source's binary log, and starts. Only with {@code Consent.SKIPPED_CHANGES}. */
    List<Operation> nextLog(Symptoms symptoms);

    /** Throws what was fetched and not applied away, fetches it again, and starts. */
    List<Operation> fetchAgain(Symptoms symptoms);

    /** Points the channel at its source in another way, without losing its place, and starts. */
    List<Operation> point(Symptoms symptoms, Pointing pointing);

    /**
     * Sets a global variable of the replica. Does not start anything.
     *
     * @param variable by the name that this version has for it
     * @param value a number or a word
     */
    List<Operation> set(Symptoms symptoms, String variable, String value);

    /**
     * What is to be changed about how a channel reaches its source.
     *
     * @param source where to, the present address if that stays
     * @param link how the connection is protected
     * @param login with which password
     */
    record Pointing(ServerAddress source, Link link, Login login) {
        /** How the connection is protected. */
        public enum Link {
            /** As it is. */
            AS_IT_IS,
            /** By TLS. */
            TLS,
            /** Not at all, but for the password, by a key that the source sends. */
            KEY_OF_SOURCE
        }

        /** With which password it logs in. */
        public enum Login {
            /** With the one that it has. */
            AS_IT_IS,
            /** With one that was made up and given to the account right before. */
            NEW_PASSWORD
        }
    }
}
