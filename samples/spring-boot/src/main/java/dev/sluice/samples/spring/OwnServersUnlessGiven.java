// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Lets the sample start with nothing but a JDK: where no database for the journal is configured, it starts servers for itself. */
final class OwnServersUnlessGiven implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Logger log = LoggerFactory.getLogger(OwnServersUnlessGiven.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        log.info("No spring.datasource.url is given: three MySQL servers are started here, and end with this service");
        OwnServers servers = OwnServers.start();
        // After Spring has closed everything that uses them.
        SpringApplication.getShutdownHandlers().add(servers::close);
        environment.getPropertySources().addLast(new MapPropertySource("own servers", servers.properties()));
    }
}
