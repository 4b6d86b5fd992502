// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The control plane of RDS and Aurora, and the security groups of EC2, over HTTP on loopback and in AWS's wire format: for tests with the
 * real AWS client and without an AWS account. Behind its instances stand real MySQL servers, or nothing.
 */
@NullMarked
package dev.sluice.testing.aws;

import org.jspecify.annotations.NullMarked;
