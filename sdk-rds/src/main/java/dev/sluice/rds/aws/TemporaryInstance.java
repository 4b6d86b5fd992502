// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * An instance that a run has made for a while, as AWS tells it. Immutable and thread-safe.
 *
 * @param instance what is told of every instance
 * @param run the value of its tag {@code sluice-run}, {@code ""} if it has none
 */
public record TemporaryInstance(RdsInstance instance, String run) {
    static Optional<TemporaryInstance> find(RdsClient client, String id) {
        try {
            return client.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                    .findFirst()
                    .map(TemporaryInstance::of);
        } catch (DbInstanceNotFoundException none) {
            return Optional.empty();
        }
    }

    private static TemporaryInstance of(DBInstance instance) {
        String run = instance.tagList().stream()
                .filter(tag -> Temporary.TAG.equals(tag.key()))
                .map(Tag::value)
                .findFirst()
                .orElse("");
        return new TemporaryInstance(RdsInstance.of(instance), run);
    }

    /** Such as {@code creating}. */
    public String status() {
        return instance.status();
    }

    /**
     * This instance, if this run has made it.
     *
     * @throws StepRefusedException if somebody else has
     */
    TemporaryInstance orThrowIfNotOf(String expected) {
        if (!run.equalsIgnoreCase(expected)) {
            throw new StepRefusedException(Problem.of(
                    TemporaryCode.NOT_OURS,
                    "The instance " + instance.id() + " carries the tag " + Temporary.TAG + "='" + run + "', not '"
                            + expected + "'"));
        }
        return this;
    }
}
