// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.run.RunSettings;
import dev.sluice.core.verify.VerifyRequest;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many threads Sluice has: as many as it takes by itself, or so many, fixed.
 *
 * @param fixed so many readers and as many writers, or threads that compare
 */
record SdkThreads(OptionalInt fixed) {
    /** What a run does whose host says nothing. */
    static final String OWN = "own";

    private static final int MOST = 64;

    /** Reads what {@link #toString} says. */
    static final class Converter implements ITypeConverter<SdkThreads> {
        @Override
        public SdkThreads convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }

    /** {@value #OWN}, or a number of 1 to 64. */
    static SdkThreads of(String text) {
        if (text.equals(OWN)) {
            return new SdkThreads(OptionalInt.empty());
        }
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("'" + text + "' is neither " + OWN + " nor a number of 1 to " + MOST);
        }
        return new SdkThreads(OptionalInt.of(Integer.parseInt(text)));
    }

    CopyBudget copying() {
        return fixed.isPresent()
                ? CopyBudget.fixed(fixed.getAsInt(), fixed.getAsInt())
                : RunSettings.standard().budget().now();
    }

    int comparing() {
        return fixed.orElse(VerifyRequest.DEFAULT_THREADS);
    }

    /** For people. */
    String ofCopy() {
        return (fixed.isPresent() ? "" : "found while it copies: at most ")
                + copying().readers() + " readers, " + copying().writers() + " writers";
    }

    @Override
    public String toString() {
        return fixed.isPresent() ? Integer.toString(fixed.getAsInt()) : OWN;
    }
}
