// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** AWS's query protocol as EC2 speaks it, which frames answers and refusals in ways of its own. */
final class Ec2Protocol {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
    private static final String REQUEST = "c1a4e0b9-0000-4000-8000-000000000000";

    private Ec2Protocol() {}

    static String response(String action, Xml result) {
        return Xml.element(action + "Response xmlns=\"" + NAMESPACE + "\"")
                .with("requestId", REQUEST)
                .contentOf(result)
                .toString();
    }

    static String error(ApiError error) {
        return Xml.element("Response")
                .with(Xml.element("Errors")
                        .with(Xml.element("Error").with("Code", error.code()).with("Message", error.message())))
                .with("RequestID", REQUEST)
                .toString();
    }
}
