// Writes the two Access files of this folder with Jackcess 4.0.5 (Apache-2.0, with commons-lang3 and commons-logging):
//   java -cp 'jackcess-4.0.5.jar:commons-lang3-3.10.jar:commons-logging-1.2.jar' MakeAccess.java
// Every person is invented; the cédulas have valid check digits and 4 as their third digit.

import com.healthmarketscience.jackcess.ColumnBuilder;
import com.healthmarketscience.jackcess.DataType;
import com.healthmarketscience.jackcess.Database;
import com.healthmarketscience.jackcess.DatabaseBuilder;
import com.healthmarketscience.jackcess.Table;
import com.healthmarketscience.jackcess.TableBuilder;
import java.io.File;
import java.math.BigDecimal;
import java.time.LocalDateTime;

public class MakeAccess {
    // Province 2, canton 2, parish 2, zone 2, sector 2, block 2, lot 3, building 2.
    static final String A = "17035001020100100";
    static final String B = "17035001020100200";
    static final String C = "17035101010300700";

    public static void main(String[] ignored) throws Exception {
        try (Database base = create("sic_ame.mdb", Database.FileFormat.V2000)) {
            predio(base);
            values(base);
            titles(base);
            hostile(base);
        }
        try (Database base = create("una_tabla.accdb", Database.FileFormat.V2010)) {
            values(base);
        }
    }

    static Database create(String name, Database.FileFormat format) throws Exception {
        return new DatabaseBuilder(new File(name)).setFileFormat(format).create();
    }

    static ColumnBuilder text(String name) {
        return new ColumnBuilder(name, DataType.TEXT).setLengthInUnits(138);
    }

    static ColumnBuilder of(String name, DataType type) {
        return new ColumnBuilder(name, type);
    }

    static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }

    static void predio(Database base) throws Exception {
        Table table = new TableBuilder("PREDIO")
            .addColumn(text("Pre_CodigoCatastral"))
            .addColumn(text("Pre_Tipo"))
            .addColumn(text("Pre_NombrePredio"))
            .addColumn(of("Pre_AreaTotalTer", DataType.DOUBLE))
            .addColumn(of("Pre_AreaTotalConst", DataType.DOUBLE))
            .addColumn(of("Pre_Observaciones", DataType.MEMO))
            .addColumn(of("Pre_Foto", DataType.OLE))
            .addColumn(of("Pre_Activo", DataType.BOOLEAN))
            .toTable(base);
        table.addRow(A, "Urbano", "Solar de la esquina", 1234.567, 80.25, "dos líneas\ny \"comillas\"", new byte[] {1, 2, 3}, true);
        table.addRow(B, "Urbano", null, 200.0, 0.0, null, null, true);
        table.addRow(C, "Rural", "El Porvenir, ñandú", 35000.5, 45.0, "=1+1", null, false);
    }

    static void values(Database base) throws Exception {
        Table table = new TableBuilder("VALORES_PREDIO")
            .addColumn(text("Pre_CodigoCatastral"))
            .addColumn(of("ValPr_ValTotalTerrPredio", DataType.MONEY))
            .addColumn(of("ValPr_ValTotalEdifPredio", DataType.MONEY))
            .addColumn(of("ValPr_ValComerPredio", DataType.MONEY))
            .toTable(base);
        table.addRow(A, usd("12345.678"), usd("8000.10"), usd("20345.78"));
        table.addRow(B, usd("1000.00"), usd("0"), usd("1000.00"));
        table.addRow(C, usd("70001.00"), usd("4500.25"), usd("75000.00"));
    }

    static void titles(Database base) throws Exception {
        Table table = new TableBuilder("TITULOS_PREDIO")
            .addColumn(text("Pre_CodigoCatastral"))
            .addColumn(text("TitPr_NumTitulo"))
            .addColumn(text("Titpr_RUC_CI"))
            .addColumn(text("TitPr_Nombres"))
            .addColumn(text("TitPr_DireccionCont"))
            .addColumn(of("TitPr_ValTotalTerrPredio", DataType.MONEY))
            .addColumn(of("TitPr_ValTotalEdifPredio", DataType.MONEY))
            .addColumn(of("TitPr_ValComerPredio", DataType.MONEY))
            .addColumn(of("TitPr_FechaEmision", DataType.SHORT_DATE_TIME))
            .toTable(base);
        LocalDateTime day = LocalDateTime.of(2025, 1, 1, 0, 0);
        table.addRow(A, "2025-000001-PU", "1740000011", "QUISHPE TOAPANTA ROSA", "Calle Sucre", usd("12345.68"), usd("8000.10"), usd("20345.78"), day);
        table.addRow(B, "2025-000002-PU", "1740000029", "CAIZA GUAMÁN TOMÁS", "Av. Amazonas", usd("1000.00"), usd("0"), usd("1000.00"), day);
        table.addRow(C, "2025-000003-PR", "1740000037", "LOACHAMÍN PAREDES INÉS", "", usd("70001.00"), usd("4500.25"), usd("75000.00"), day);
    }

    // A name that a careless reader would hand to a program as an option, or to a shell.
    static void hostile(Database base) throws Exception {
        Table table = new TableBuilder("--version; touch hostil #")
            .addColumn(text("clave"))
            .addColumn(text("$(touch hostil) ñ"))
            .toTable(base);
        table.addRow(A, "x");
    }
}
