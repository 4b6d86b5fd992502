// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.exceptions.ExceptionFactory;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.protocol.a.NativeMessageBuilder;
import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.NativeProtocol;
import com.mysql.cj.protocol.a.result.ResultsetRowsStatic;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The rows of a query, taken off the wire by {@link RowPackets} instead of by MySQL Connector/J, which sends the query, reads its errors
 * and keeps everybody else from the connection until this is closed. The driver would make several objects of each row, which is
 * more work than copying it is. One thread at a time.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html">MySQL: COM_QUERY response</a>
 */
final class PacketRows implements RawRows {
    private final JdbcConnection connection;
    private final NativeProtocol protocol;
    private final RowPackets packets;
    /** What the driver sees while the connection belongs to the rows. */
    private final ResultsetRows reservation = new ResultsetRowsStatic(List.of(), null);

    private boolean ended;

    private PacketRows(JdbcConnection connection, NativeProtocol protocol, LongConsumer beforeWide) throws IOException {
        this.connection = connection;
        this.protocol = protocol;
        this.packets = new RowPackets(protocol.getSocketConnection().getMysqlInput(), beforeWide);
    }

    /** Sends a query and reads how many columns its rows have. */
    static PacketRows of(JdbcConnection connection, NativeProtocol protocol, byte[] query, LongConsumer beforeWide)
            throws SQLException {
        try {
            PacketRows rows = new PacketRows(connection, protocol, beforeWide);
            rows.send(query);
            return rows;
        } catch (IOException lost) {
            throw lost(connection, protocol, lost);
        } catch (CJException refused) {
            throw SQLExceptionsMapping.translateException(refused);
        }
    }

    private void send(byte[] query) throws IOException, SQLException {
        NativePacketPayload command = new NativeMessageBuilder(
                        protocol.getServerSession().supportsQueryAttributes())
                .buildComQuery(null, protocol.getSession(), query);
        NativePacketPayload answer = protocol.sendCommand(command, false, 0);
        int columns = answer.getByteBuffer()[0] & 0xff;
        if (columns == 0 || columns == RowPackets.NULL) {
            // No rows at all, or the wish to have a file: whoever answers a query like this is not to be talked to.
            throw lost(connection, protocol, new IOException("The server did not answer a query with rows"));
        }
        packets.skipColumns(
                Arrays.copyOf(answer.getByteBuffer(), answer.getPayloadLength()),
                protocol.getServerSession().isEOFDeprecated());
        protocol.setStreamingData(reservation);
    }

    @Override
    public boolean next(RawValue[] into) throws SQLException {
        if (ended) {
            return false;
        }
        try {
            if (packets.next(into)) {
                return true;
            }
            end();
            return false;
        } catch (IOException lost) {
            ended = true;
            throw lost(connection, protocol, lost);
        } catch (CJException refused) {
            throw SQLExceptionsMapping.translateException(refused);
        } catch (OutOfMemoryError tooWide) {
            // In the middle of a row: what comes next is not the beginning of another one.
            ended = true;
            tooWide.addSuppressed(lost(connection, protocol, new IOException("A row does not fit into the memory")));
            throw tooWide;
        }
    }

    /** The last packet says that there are no more rows, or why. */
    private void end() {
        ended = true;
        protocol.unsetStreamingData(reservation);
        NativePacketPayload last = new NativePacketPayload(packets.last());
        protocol.checkErrorMessage(last);
        last.setPosition(0);
        protocol.readServerStatusForResultSets(last, true);
    }

    @Override
    public void close() throws SQLException {
        RawValue[] none = {};
        while (next(none)) {
            // What nobody wants is taken off the connection.
        }
    }

    /** The connection is of no use any more: nobody can tell what would come next. */
    private static SQLException lost(JdbcConnection connection, NativeProtocol protocol, IOException failure)
            throws SQLException {
        SQLException lost = SQLExceptionsMapping.translateException(ExceptionFactory.createCommunicationsException(
                protocol.getPropertySet(),
                protocol.getServerSession(),
                protocol.getPacketSentTimeHolder(),
                protocol.getPacketReceivedTimeHolder(),
                failure,
                null));
        connection.abortInternal();
        return lost;
    }
}
