// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** One of AWS's services: what it can do, and how it speaks. Immutable but for the actions' state. */
final class Service {
    private final Actions actions;
    private final Framing framing;

    private enum Framing {
        QUERY,
        EC2
    }

    private Service(Actions actions, Framing framing) {
        this.actions = actions;
        this.framing = framing;
    }

    static Service rds() {
        return new Service(RdsActions.all(), Framing.QUERY);
    }

    static Service ec2() {
        return new Service(SecurityGroupActions.all(), Framing.EC2);
    }

    String answer(Ask ask) {
        Xml result = QueryProtocol.result(ask.action());
        synchronized (ask.region().world()) {
            actions.answer(ask, result);
        }
        return framing == Framing.EC2
                ? Ec2Protocol.response(ask.action(), result)
                : QueryProtocol.response(ask.action(), result);
    }

    String error(ApiError error) {
        return framing == Framing.EC2 ? Ec2Protocol.error(error) : QueryProtocol.error(error);
    }
}
