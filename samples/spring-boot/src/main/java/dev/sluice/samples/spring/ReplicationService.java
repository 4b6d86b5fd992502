// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the service; {@code samples/spring-boot/run} does. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public class ReplicationService {
    public static void main(String[] arguments) {
        SpringApplication service = new SpringApplication(ReplicationService.class);
        service.addInitializers(new OwnServersUnlessGiven());
        service.run(arguments);
    }
}
