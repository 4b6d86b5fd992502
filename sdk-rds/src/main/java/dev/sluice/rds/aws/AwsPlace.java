// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static java.util.Objects.requireNonNull;

/**
 * An AWS account and a region in it. Immutable and thread-safe.
 *
 * @param account the name under which the account's clients were given to {@link AwsClients}; {@link #DEFAULT_ACCOUNT} for the one of the
 *     default credentials
 * @param region such as {@code eu-west-1}
 */
public record AwsPlace(String account, String region) {
    /** The account of the default credentials. */
    public static final String DEFAULT_ACCOUNT = "default";

    public AwsPlace {
        requireNonNull(account, "account");
        requireNonNull(region, "region");
        if (!account.matches("[A-Za-z0-9][A-Za-z0-9_.@-]*")) {
            throw new IllegalArgumentException(
                    "The name of an account has letters, digits and _ . @ -, not '" + account + "'");
        }
        if (!region.matches("[a-z]{2,}(-[a-z0-9]+)+")) {
            throw new IllegalArgumentException("A region is written like eu-west-1, not '" + region + "'");
        }
    }

    /** The same as options of the {@code aws} command, each with a space in front. */
    String options() {
        return " --region " + region + (account.equals(DEFAULT_ACCOUNT) ? "" : " --profile " + account);
    }

    @Override
    public String toString() {
        return account.equals(DEFAULT_ACCOUNT) ? region : account + "/" + region;
    }
}
