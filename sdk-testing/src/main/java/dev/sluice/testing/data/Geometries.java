// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;

/** Geometry of every kind, with and without a spatial reference system. */
final class Geometries {
    private Geometries() {}

    static void create(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE geometries (id INT PRIMARY KEY, g GEOMETRY, p POINT, l LINESTRING, po POLYGON, mp MULTIPOINT,
                  ml MULTILINESTRING, mpo MULTIPOLYGON, gc GEOMETRYCOLLECTION)""",
                """
                INSERT INTO geometries VALUES (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(-0.1 1e300)'),
                  ST_GeomFromText('LINESTRING(0 0, 1 1, 2 0)'), ST_GeomFromText('POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))'),
                  ST_GeomFromText('MULTIPOINT(0 0, 1 1)'), ST_GeomFromText('MULTILINESTRING((0 0, 1 1), (2 2, 3 3))'),
                  ST_GeomFromText('MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))'),
                  ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1))'))""",
                "INSERT INTO geometries (id, g, gc) VALUES (2, ST_GeomFromText('GEOMETRYCOLLECTION()'), ST_GeomFromText('GEOMETRYCOLLECTION()'))",
                "INSERT INTO geometries (id, g, p) VALUES (3, ST_GeomFromText('POINT(48 11)', 4326), ST_GeomFromText('POINT(-48 -11)', 4326))",
                "INSERT INTO geometries (id) VALUES (4)");
        if (script.since(8, 0, 3)) {
            referenced(script);
        } else {
            script.run(
                    "CREATE TABLE places (id INT PRIMARY KEY, p POINT NOT NULL, g GEOMETRY NOT NULL, SPATIAL KEY p (p), SPATIAL KEY g (g))",
                    "INSERT INTO places VALUES (1, ST_GeomFromText('POINT(48 11)', 4326), ST_GeomFromText('LINESTRING(0 0, 1 1)'))");
        }
    }

    private static void referenced(Script script) throws SQLException {
        script.run("""
                CREATE TABLE places (id INT PRIMARY KEY, p POINT NOT NULL SRID 4326, g GEOMETRY NOT NULL SRID 0,
                  m POINT SRID 3857, SPATIAL KEY p (p), SPATIAL KEY g (g))""", """
                INSERT INTO places VALUES (1, ST_GeomFromText('POINT(48 11)', 4326), ST_GeomFromText('LINESTRING(0 0, 1 1)'),
                  ST_GeomFromText('POINT(1000000 2000000)', 3857)),
                  (2, ST_GeomFromText('POINT(-90 180)', 4326), ST_GeomFromText('POINT(0 0)', 0), NULL)""");
    }
}
