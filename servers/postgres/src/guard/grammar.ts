/** What a node may hold. A field that is not listed is not known to be safe. */
export interface Shape {
  /** Fields of plain values: names, numbers, flags. */
  readonly values: ReadonlySet<string>;
  /** Fields of a node that says its type, or a list of them. */
  readonly nodes: ReadonlySet<string>;
  /** Fields of one node whose type is the field's. */
  readonly parts: ReadonlyMap<string, string>;
}

/** The nodes of which a statement may consist, by type. */
export type Grammar = ReadonlyMap<string, Shape>;

/** One node a line: its type, then `value`, `*node or nodes`, `part:Type`. `location` is everywhere. */
const READING = `
SelectStmt *distinctClause *targetList *fromClause *whereClause *groupClause groupDistinct *havingClause *windowClause *valuesLists *sortClause *limitOffset *limitCount limitOption withClause:WithClause op all larg:SelectStmt rarg:SelectStmt
WithClause *ctes recursive
CommonTableExpr ctename *aliascolnames ctematerialized *ctequery search_clause:CTESearchClause cycle_clause:CTECycleClause
CTESearchClause *search_col_list search_breadth_first search_seq_column
CTECycleClause *cycle_col_list cycle_mark_column *cycle_mark_value *cycle_mark_default cycle_path_column
ResTarget name *indirection *val
Alias aliasname *colnames

RangeVar catalogname schemaname relname inh relpersistence alias:Alias
RangeSubselect lateral *subquery alias:Alias
RangeFunction lateral ordinality is_rowsfrom *functions alias:Alias *coldeflist
RangeTableSample *relation *method *args *repeatable
RangeTableFunc lateral *docexpr *rowexpr *namespaces *columns alias:Alias
RangeTableFuncCol colname typeName:TypeName for_ordinality is_not_null *colexpr *coldefexpr
JoinExpr jointype isNatural *larg *rarg *usingClause join_using_alias:Alias *quals alias:Alias
ColumnDef colname typeName:TypeName is_local is_not_null collClause:CollateClause

A_Const ival:Integer fval:Float boolval:Boolean sval:String bsval:BitString isnull
Integer ival
Float fval
Boolean boolval
String sval
BitString bsval
List *items
A_Star
A_Expr kind *name *lexpr *rexpr rexpr_list_start rexpr_list_end
A_Indices is_slice *lidx *uidx
A_Indirection *arg *indirection
A_ArrayExpr *elements list_start list_end
BoolExpr boolop *args
BooleanTest *arg booltesttype
CaseExpr *arg *args *defresult
CaseWhen *expr *result
CoalesceExpr *args
CollateClause *arg *collname
ColumnRef *fields
FuncCall *funcname *args *agg_order *agg_filter over:WindowDef agg_within_group agg_star agg_distinct func_variadic funcformat
GroupingFunc *args
GroupingSet kind *content
MinMaxExpr op *args
NamedArgExpr *arg name argnumber
NullTest *arg nulltesttype argisrow
ParamRef number
RowExpr *args row_format *colnames
SortBy *node sortby_dir sortby_nulls *useOp
SQLValueFunction op typmod
SubLink subLinkType *testexpr *operName *subselect
TypeCast *arg typeName:TypeName
TypeName *names setof pct_type *typmods typemod *arrayBounds
WindowDef name refname *partitionClause *orderClause frameOptions *startOffset *endOffset

XmlExpr op name *named_args *arg_names *args xmloption indent
XmlSerialize xmloption *expr typeName:TypeName indent

JsonFormat format_type encoding
JsonOutput typeName:TypeName returning:JsonReturning
JsonReturning format:JsonFormat typmod
JsonValueExpr *raw_expr *formatted_expr format:JsonFormat
JsonArgument val:JsonValueExpr name
JsonBehavior btype *expr coerce
JsonKeyValue *key value:JsonValueExpr
JsonIsPredicate *expr format:JsonFormat item_type unique_keys
JsonFuncExpr op column_name context_item:JsonValueExpr *pathspec *passing output:JsonOutput on_empty:JsonBehavior on_error:JsonBehavior wrapper quotes
JsonParseExpr expr:JsonValueExpr output:JsonOutput unique_keys
JsonScalarExpr *expr output:JsonOutput
JsonSerializeExpr expr:JsonValueExpr output:JsonOutput
JsonObjectConstructor *exprs output:JsonOutput absent_on_null unique
JsonArrayConstructor *exprs output:JsonOutput absent_on_null
JsonArrayQueryConstructor *query output:JsonOutput format:JsonFormat absent_on_null
JsonAggConstructor output:JsonOutput *agg_filter *agg_order over:WindowDef
JsonObjectAgg constructor:JsonAggConstructor arg:JsonKeyValue absent_on_null unique
JsonArrayAgg constructor:JsonAggConstructor arg:JsonValueExpr absent_on_null
JsonTable context_item:JsonValueExpr pathspec:JsonTablePathSpec *passing *columns on_error:JsonBehavior alias:Alias lateral
JsonTablePathSpec *string name name_location
JsonTableColumn coltype name typeName:TypeName pathspec:JsonTablePathSpec format:JsonFormat wrapper quotes *columns on_empty:JsonBehavior on_error:JsonBehavior
`;

const WRITING = `
InsertStmt relation:RangeVar *cols *selectStmt onConflictClause:OnConflictClause returningClause:ReturningClause withClause:WithClause override
UpdateStmt relation:RangeVar *targetList *whereClause *fromClause returningClause:ReturningClause withClause:WithClause
DeleteStmt relation:RangeVar *usingClause *whereClause returningClause:ReturningClause withClause:WithClause
MergeStmt relation:RangeVar *sourceRelation *joinCondition *mergeWhenClauses returningClause:ReturningClause withClause:WithClause
MergeWhenClause matchKind commandType override *condition *targetList *values
MergeSupportFunc msftype
OnConflictClause action infer:InferClause *targetList *whereClause
InferClause *indexElems *whereClause conname
IndexElem name *expr *collation *opclass ordering nulls_ordering
ReturningClause *options *exprs
ReturningOption option value
MultiAssignRef *source colno ncolumns
SetToDefault
LockingClause *lockedRels strength waitPolicy
SelectStmt *lockingClause
`;

/** What only reads. */
export const readingGrammar: Grammar = grammar(READING);

/** What reads and changes rows. */
export const writingGrammar: Grammar = grammar(READING + WRITING);

function grammar(text: string): Grammar {
  const shapes = new Map<string, Fields>();
  for (const line of text.split("\n").filter(Boolean)) {
    const [type = "", ...fields] = line.split(" ");
    const shape = shapes.get(type) ?? {
      values: new Set(["location"]),
      nodes: new Set(),
      parts: new Map(),
    };
    shapes.set(type, shape);
    for (const field of fields) addField(shape, field);
  }
  return shapes;
}

interface Fields {
  readonly values: Set<string>;
  readonly nodes: Set<string>;
  readonly parts: Map<string, string>;
}

function addField(shape: Fields, field: string): void {
  const [name = "", type] = field.split(":");
  if (type !== undefined) shape.parts.set(name, type);
  else if (name.startsWith("*")) shape.nodes.add(name.slice(1));
  else shape.values.add(name);
}
