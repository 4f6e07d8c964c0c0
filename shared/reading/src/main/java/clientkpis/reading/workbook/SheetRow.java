package clientkpis.reading.workbook;

import clientkpis.reading.cell.CellKind;
import java.util.List;

/// One row of a sheet that is not blank.
///
/// @param number as the spreadsheet shows it, from 1
/// @param cells up to the last one that is not empty; an empty one is an empty text
/// @param kinds of the cells
public record SheetRow(long number, List<String> cells, List<CellKind> kinds) {}
