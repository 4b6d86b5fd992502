// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import com.mysql.cj.MysqlType;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.result.DefaultValueFactory;
import com.mysql.cj.result.Field;
import com.mysql.cj.result.Row;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the packets of MySQL Connector/J brought them. Texts and bytes are pointed to within the packet; the driver would parse
 * numbers and dates, so that of these the bytes are copied instead. One thread at a time.
 */
final class ConnectorRows implements RawRows {
    /** What the driver hands over as bytes to whoever asks for a value. */
    private static final Set<MysqlType> PASSED_ON = EnumSet.of(
            MysqlType.CHAR,
            MysqlType.VARCHAR,
            MysqlType.BINARY,
            MysqlType.VARBINARY,
            MysqlType.TINYTEXT,
            MysqlType.TEXT,
            MysqlType.MEDIUMTEXT,
            MysqlType.LONGTEXT,
            MysqlType.TINYBLOB,
            MysqlType.BLOB,
            MysqlType.MEDIUMBLOB,
            MysqlType.LONGBLOB,
            MysqlType.GEOMETRY,
            MysqlType.JSON);

    private final Statement statement;
    private final ResultsetRows rows;
    private final boolean[] passedOn;
    private final Pointer pointer;
    private @Nullable Row row;

    ConnectorRows(Statement statement, ResultsetRows rows, PropertySet properties) {
        this.statement = statement;
        this.rows = rows;
        this.pointer = new Pointer(properties);
        Field[] fields = rows.getMetadata().getFields();
        this.passedOn = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            passedOn[i] = PASSED_ON.contains(fields[i].getMysqlType());
        }
    }

    @Override
    public boolean next() throws SQLException {
        // A wide row must not be held while the next one is fetched.
        row = null;
        try {
            row = rows.next();
            return row != null;
        } catch (CJException failure) {
            throw SQLExceptionsMapping.translateException(failure);
        }
    }

    @Override
    public void read(int column, RawValue into) throws SQLException {
        Row current = row;
        if (current == null) {
            throw new SQLException("There is no current row");
        }
        try {
            if (passedOn[column]) {
                current.getValue(column, pointer.to(into));
            } else {
                into.set(current.getBytes(column));
            }
        } catch (CJException failure) {
            throw SQLExceptionsMapping.translateException(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        row = null;
        statement.close();
    }

    /** Takes what the driver makes of a value: of texts and bytes, where they are. */
    private static final class Pointer extends DefaultValueFactory<RawValue> {
        private RawValue target = new RawValue();

        Pointer(PropertySet properties) {
            super(properties);
        }

        Pointer to(RawValue into) {
            target = into;
            return this;
        }

        @Override
        public RawValue createFromBytes(byte[] bytes, int offset, int length, Field field) {
            target.set(bytes, offset, length);
            return target;
        }

        @Override
        public RawValue createFromNull() {
            target.clear();
            return target;
        }

        @Override
        public String getTargetTypeName() {
            return RawValue.class.getName();
        }
    }
}
