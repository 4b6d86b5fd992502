// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/**
 * AWS's query protocol as RDS speaks it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/Welcome.html">AWS: RDS API reference</a>
 */
final class QueryProtocol {
    private static final String NAMESPACE = "http://rds.amazonaws.com/doc/2014-10-31/";
    private static final String REQUEST = "b9c1a4e0-0000-4000-8000-000000000000";

    private QueryProtocol() {}

    static Xml result(String action) {
        return Xml.element(action + "Result");
    }

    static String response(String action, Xml result) {
        return Xml.element(action + "Response xmlns=\"" + NAMESPACE + "\"")
                .with(result)
                .with(Xml.element("ResponseMetadata").with("RequestId", REQUEST))
                .toString();
    }

    static String error(ApiError error) {
        return Xml.element("ErrorResponse xmlns=\"" + NAMESPACE + "\"")
                .with(Xml.element("Error")
                        .with("Type", error.status() < 500 ? "Sender" : "Receiver")
                        .with("Code", error.code())
                        .with("Message", error.message()))
                .with("RequestId", REQUEST)
                .toString();
    }
}
