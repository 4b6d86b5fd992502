// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What the engines for Amazon's managed servers share: clients by account and region, the meaning of AWS's errors, and the calls of the
 * RDS API. For the engines of Sluice and of third parties; programs need {@link dev.sluice.rds.aws.AwsClients} only.
 */
@NullMarked
package dev.sluice.rds.aws;

import org.jspecify.annotations.NullMarked;
